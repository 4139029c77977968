"""The demo municipality: invented, as large as life, and always fresh, counted from today."""

from app.services.demo.loading import Loaded, load

__all__ = ["Loaded", "load"]
