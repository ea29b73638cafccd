using System.Globalization;
using System.Text;

namespace Shop.Functions.Privacy.Policy;

/// <summary>Codes of the policy and of what is stored, as people say them: on the published page and in a copy alike. Pure.</summary>
public static class PolicyWords
{
    /// <summary><c>out_of_stock</c> reads better as <c>out of stock</c>, and <c>PaymentReference</c> as <c>payment reference</c>.</summary>
    public static string Of(string code)
    {
        var words = new StringBuilder(code.Length + 4);
        foreach (var letter in code.Replace('_', ' '))
        {
            if (char.IsUpper(letter) && words.Length > 0 && char.IsLower(words[^1])) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <param name="duration">ISO 8601, of one unit: days, months or years.</param>
    /// <returns>For instance <c>6 years</c>.</returns>
    /// <exception cref="FormatException">It is no such duration.</exception>
    public static string Period(string duration)
    {
        var number = int.Parse(duration.AsSpan(1, duration.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var unit = duration[^1] switch { 'D' => "day", 'M' => "month", 'Y' => "year", _ => throw new FormatException($"{duration} is no period of days, months or years.") };
        return string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
    }
}
