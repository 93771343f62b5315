"""Pages whose figures lead to the rows behind them, and what all pages are made with."""
