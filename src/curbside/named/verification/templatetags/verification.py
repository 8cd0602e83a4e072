"""A register's name for readers, from its slug."""

from django import template

from curbside.named.verification.comparison import register_label

register = template.Library()
register.filter("register_label", register_label)
