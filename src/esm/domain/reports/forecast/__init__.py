"""Whether the promise of regular visits will hold on a day to come, and what would keep it."""
