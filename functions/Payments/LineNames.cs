using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>What a provider's page calls an order's line, in the room that the provider has for it. Pure.</summary>
public static class LineNames
{
    /// <summary>With the number of pieces, for the line is one item there.</summary>
    public static string Of(OrderLine line, int longest) => Short(line.Quantity == 1 ? line.Name : $"{line.Quantity} × {line.Name}", longest);

    /// <summary>Not in the middle of a character that takes two code units.</summary>
    public static string Short(string text, int longest)
    {
        if (text.Length <= longest) return text;
        return char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
    }
}
