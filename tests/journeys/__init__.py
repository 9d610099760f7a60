"""The whole assistant, started as its users start it: a process, real HTTP, a real database."""
