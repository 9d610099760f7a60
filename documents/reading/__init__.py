"""Files that people hand in, read into values, with words of their own: the roster today, directives to come."""
