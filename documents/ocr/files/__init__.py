"""From a file to the images of its pages."""
