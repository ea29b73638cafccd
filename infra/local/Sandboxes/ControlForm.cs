using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.Sandboxes;

/// <summary>The form fields of a request to the control API. What is there and cannot be read is a <see cref="FormatException"/>.</summary>
internal sealed class ControlForm(IFormCollection fields)
{
    /// <returns>Null when the field is missing or empty.</returns>
    public string? Text(string name) => fields[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>An enum by its name in kebab case: <c>reset-after-commit</c>.</summary>
    public T Choice<T>(string name, T? otherwise = null)
        where T : struct, Enum
    {
        if (Text(name) is not { } text && otherwise is { } given)
            return given;
        var plain = (Text(name) ?? "").Replace("-", "", StringComparison.Ordinal);
        if (Enum.TryParse<T>(plain, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(plain[0]))
            return choice;
        throw new FormatException($"Choose {name}: one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}.");
    }

    public long? Number(string name) => Text(name) is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    public TimeSpan? Seconds(string name) => Text(name) is { } text
        ? TimeSpan.FromSeconds(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))
        : null;

    public bool? Flag(string name) => Text(name) is { } text ? bool.Parse(text) : null;
}
