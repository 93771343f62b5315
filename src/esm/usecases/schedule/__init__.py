"""The due list, the plan and calendars."""
