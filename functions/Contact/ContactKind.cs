namespace Shop.Functions.Contact;

public enum ContactKind
{
    Enquiry = 1,

    Support,
}
