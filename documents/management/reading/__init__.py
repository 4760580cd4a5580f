"""What `manage.py recognise` is made of: which files are meant, who reads their pages, where the texts go."""
