"""What happens by itself: ticks, reminders, the paced sender."""
