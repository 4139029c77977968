"""What people do: each public function is one act, in one transaction."""
