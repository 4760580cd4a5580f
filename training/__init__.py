"""Makes the model for letters that no stock model of Tesseract knows: see README.md.

python -m training all
"""
