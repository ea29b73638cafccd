using System.Globalization;

namespace Azure.Storage.Sas;

/// <summary>How flags, protocols and times are spelled in a shared access signature (Create an account SAS, REST reference).</summary>
internal static class SasText
{
    // The service checks that permissions stand in this order.
    private static readonly (AccountSasPermissions Flag, char Letter)[] Permissions =
    [
        (AccountSasPermissions.Read, 'r'),
        (AccountSasPermissions.Write, 'w'),
        (AccountSasPermissions.Delete, 'd'),
        (AccountSasPermissions.DeleteVersion, 'x'),
        (AccountSasPermissions.PermanentDelete, 'y'),
        (AccountSasPermissions.List, 'l'),
        (AccountSasPermissions.Add, 'a'),
        (AccountSasPermissions.Create, 'c'),
        (AccountSasPermissions.Update, 'u'),
        (AccountSasPermissions.Process, 'p'),
        (AccountSasPermissions.Tag, 't'),
        (AccountSasPermissions.Filter, 'f'),
        (AccountSasPermissions.SetImmutabilityPolicy, 'i'),
    ];

    private static readonly (AccountSasServices Flag, char Letter)[] Services =
    [
        (AccountSasServices.Blobs, 'b'),
        (AccountSasServices.Files, 'f'),
        (AccountSasServices.Queues, 'q'),
        (AccountSasServices.Tables, 't'),
    ];

    private static readonly (AccountSasResourceTypes Flag, char Letter)[] ResourceTypes =
    [
        (AccountSasResourceTypes.Service, 's'),
        (AccountSasResourceTypes.Container, 'c'),
        (AccountSasResourceTypes.Object, 'o'),
    ];

    public static string Of(AccountSasPermissions flags) => Letters(Permissions, p => flags.HasFlag(p));

    public static string Of(AccountSasServices flags) => Letters(Services, s => flags.HasFlag(s));

    public static string Of(AccountSasResourceTypes flags) => Letters(ResourceTypes, r => flags.HasFlag(r));

    public static string Of(SasProtocol protocol) => protocol switch
    {
        SasProtocol.Https => "https",
        SasProtocol.HttpsAndHttp => "https,http",
        _ => string.Empty,
    };

    public static string Of(DateTimeOffset time) =>
        time == default ? string.Empty : time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static AccountSasServices ParseServices(string letters) =>
        letters.Aggregate(default(AccountSasServices), (all, letter) => all | Flag(Services, letter));

    public static AccountSasResourceTypes ParseResourceTypes(string letters) =>
        letters.Aggregate(default(AccountSasResourceTypes), (all, letter) => all | Flag(ResourceTypes, letter));

    public static SasProtocol ParseProtocol(string text) => text switch
    {
        "https" => SasProtocol.Https,
        "https,http" => SasProtocol.HttpsAndHttp,
        "" or null => SasProtocol.None,
        _ => throw new ArgumentException($"'{text}' is not a protocol of a shared access signature."),
    };

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Puts hand-written permission letters into the order that the service asks for.</summary>
    public static string Ordered(string rawPermissions)
    {
        var unknown = rawPermissions.ToLowerInvariant().FirstOrDefault(letter => !Permissions.Any(known => known.Letter == letter));
        if (unknown != default)
            throw new ArgumentException($"'{unknown}' is not a permission of an account's shared access signature.", nameof(rawPermissions));
        return string.Concat(Permissions.Select(known => known.Letter).Where(rawPermissions.ToLowerInvariant().Contains));
    }

    private static string Letters<T>((T Flag, char Letter)[] table, Func<T, bool> has) =>
        string.Concat(table.Where(row => has(row.Flag)).Select(row => row.Letter));

    private static T Flag<T>((T Flag, char Letter)[] table, char letter)
    {
        foreach (var row in table)
        {
            if (row.Letter == letter) return row.Flag;
        }
        throw new ArgumentException($"'{letter}' is not part of an account's shared access signature.");
    }
}
