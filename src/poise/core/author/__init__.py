"""For those who write exercises: drafts, advice, numbers that can be turned, and what a sample clip should show."""
