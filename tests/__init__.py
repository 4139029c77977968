"""What people do and see, told as tests."""
