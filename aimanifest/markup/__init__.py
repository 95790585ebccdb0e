"""What a manifest says, as text in pages and never as markup: one language per module."""
