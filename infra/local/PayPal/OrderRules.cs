using System.Globalization;

namespace Shop.Local.PayPal;

/// <summary>What PayPal checks of a new order: lengths, currencies, decimals, and that the sums add up.</summary>
internal static class OrderRules
{
    /// <returns>The currency and the total.</returns>
    /// <exception cref="ApiError">It is refused.</exception>
    public static (string Currency, decimal Total) Check(Body unit)
    {
        unit.Text("reference_id", 256);
        unit.Text("custom_id", 127);
        unit.Text("invoice_id", 127);
        unit.Text("description", 127);
        unit.Text("soft_descriptor", 22);
        string? currency = null;
        var amount = unit.Required("amount");
        var total = amount.Amount(ref currency);
        if (total <= 0)
            throw ApiError.Unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.", amount.PathOf("value"));
        var breakdown = amount.Object("breakdown");
        if (breakdown is not null)
            CheckBreakdown(breakdown, total, ref currency);
        CheckItems(unit, breakdown, ref currency);
        return (currency!, total);
    }

    private static void CheckBreakdown(Body breakdown, decimal total, ref string? currency)
    {
        var sum = 0m;
        foreach (var part in (string[])["item_total", "tax_total", "shipping", "handling", "insurance"])
            sum += Part(breakdown, part, ref currency) ?? 0;
        foreach (var part in (string[])["shipping_discount", "discount"])
            sum -= Part(breakdown, part, ref currency) ?? 0;
        if (sum != total)
        {
            throw ApiError.Unprocessable(
                "AMOUNT_MISMATCH",
                "Should equal item_total + tax_total + shipping + handling + insurance - shipping_discount - discount.",
                "/purchase_units/0/amount/value");
        }
    }

    private static void CheckItems(Body unit, Body? breakdown, ref string? currency)
    {
        var items = unit.List("items");
        if (items.Count == 0)
            return;
        var (goods, tax, taxed) = (0m, 0m, false);
        foreach (var item in items)
        {
            if (string.IsNullOrWhiteSpace(item.RequiredText("name", 127)))
                throw item.Missing("name");
            item.Text("sku", 127);
            item.OneOf("category", "DIGITAL_GOODS", "PHYSICAL_GOODS", "DONATION");
            var quantity = Quantity(item);
            goods += item.Required("unit_amount").Amount(ref currency) * quantity;
            if (Part(item, "tax", ref currency) is { } each)
                (tax, taxed) = (tax + each * quantity, true);
        }

        if (breakdown is null || Part(breakdown, "item_total", ref currency) is not { } itemTotal)
            throw Mismatch("ITEM_TOTAL_REQUIRED", "Items need amount.breakdown.item_total.", "item_total");
        if (itemTotal != goods)
            throw Mismatch("ITEM_TOTAL_MISMATCH", "Should equal sum of (unit_amount * quantity) across all items.", "item_total/value");
        if (!taxed)
            return;
        if (Part(breakdown, "tax_total", ref currency) is not { } taxTotal)
            throw Mismatch("TAX_TOTAL_REQUIRED", "Items with tax need amount.breakdown.tax_total.", "tax_total");
        if (taxTotal != tax)
            throw Mismatch("TAX_TOTAL_MISMATCH", "Should equal sum of (tax * quantity) across all items.", "tax_total/value");
    }

    private static ApiError Mismatch(string issue, string description, string field) =>
        ApiError.Unprocessable(issue, description, $"/purchase_units/0/amount/breakdown/{field}");

    private static decimal? Part(Body owner, string name, ref string? currency)
    {
        if (owner.Object(name) is not { } part)
            return null;
        var amount = part.Amount(ref currency);
        return amount >= 0
            ? amount
            : throw ApiError.Unprocessable("CANNOT_BE_NEGATIVE", "Must be greater than or equal to zero.", part.PathOf("value"));
    }

    private static int Quantity(Body item) =>
        int.TryParse(item.RequiredText("quantity", 10), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity > 0
            ? quantity
            : throw item.Syntax("quantity");
}
