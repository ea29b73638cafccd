namespace Shop.Functions.Orders.Invoices;

/// <summary>Whose VAT a sale bears.</summary>
public enum VatTreatment
{
    /// <summary>The United Kingdom's.</summary>
    Domestic,

    /// <summary>That of the member state of the European Union where the goods go, declared through the one-stop shop.</summary>
    OneStopShop,

    /// <summary>None: the goods leave the United Kingdom, and are zero-rated.</summary>
    Exported,
}
