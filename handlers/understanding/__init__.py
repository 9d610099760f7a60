"""From what was typed to what is meant: commands, numbers of tasks, dates, names."""
