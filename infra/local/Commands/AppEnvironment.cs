using System.Text;

namespace Shop.Local.Commands;

/// <summary>What an app that somebody else starts must be told besides the settings file: lines for a shell to read.</summary>
public static class AppEnvironment
{
    /// <returns>The file, for <c>source FILE</c>.</returns>
    public static async Task<string> WriteAsync(LocalShop shop, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "app.env");
        await File.WriteAllTextAsync(file, Text(shop.Settings.Values, shop.Values), cancellationToken);
        return file;
    }

    /// <summary>Only what is not in the settings file as it is: a key that stands there is not written to a second place.</summary>
    public static string Text(IReadOnlyDictionary<string, string?> file, IReadOnlyDictionary<string, string?> values)
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            if (value is null || file.GetValueOrDefault(name) == value) continue;
            lines.Append("export ").Append(LocalSettings.VariableOf(name))
                .Append("='").Append(value.Replace("'", @"'\''", StringComparison.Ordinal)).Append("'\n");
        }

        return lines.ToString();
    }
}
