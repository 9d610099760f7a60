"""What nobody would type, and what somebody does type one day: random events through the whole assistant."""
