"""Processes of their own, where engines keep their models and may crash, hang or be killed without harm."""
