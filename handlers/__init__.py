"""The conversation: understand, check, decide, answer."""
