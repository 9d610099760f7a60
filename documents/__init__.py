"""Paper in (reading) and paper out (writing)."""
