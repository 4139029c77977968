"""The rules of partnership tables: plain values in, plain values out."""
