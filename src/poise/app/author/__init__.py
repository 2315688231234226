"""What an author of exercises works with: drafting one from a demonstration, sweeping its thresholds, comparing two."""
