"""What a page image does not say of itself: which way is up, which script, which languages."""
