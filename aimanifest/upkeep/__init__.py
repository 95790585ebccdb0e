"""Keeping a manifest right: its layout, mends that are safe, what changed, and newer formats."""
