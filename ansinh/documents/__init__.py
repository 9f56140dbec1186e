"""Documents: letters that the office gives out, numbered and checked by their codes. / Văn bản phát hành."""
