"""Files that people hand in, read into values: the roster today, directives to come."""
