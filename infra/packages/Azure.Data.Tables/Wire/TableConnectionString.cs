namespace Azure.Data.Tables.Wire;

/// <summary>Where an account's tables are and what opens them, from a storage connection string.</summary>
internal sealed record TableConnectionString(Uri Endpoint, string AccountName, TableSharedKeyCredential SharedKey, string SharedAccessSignature)
{
    // The account and key that every storage emulator knows; published by Microsoft, no secret.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="ArgumentException">The text is empty, or does not name an account and a way to sign in.</exception>
    /// <exception cref="InvalidOperationException">The text is not a list of <c>name=value</c>.</exception>
    public static TableConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var settings = Split(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var emulator)) return Emulator(emulator, settings);
        settings.TryGetValue("AccountName", out var name);
        var key = settings.TryGetValue("AccountKey", out var secret) && name is not null ? new TableSharedKeyCredential(name, secret) : null;
        settings.TryGetValue("SharedAccessSignature", out var signature);
        var endpoint = EndpointIn(settings, name);
        if (endpoint is null || (key is null && signature is null))
            throw new ArgumentException("No valid combination of account information found in the connection string.");
        return new(endpoint, name ?? TableAddress.AccountOf(endpoint), key, signature?.TrimStart('?'));
    }

    private static TableConnectionString Emulator(string value, Dictionary<string, string> settings)
    {
        if (!bool.TryParse(value, out var use) || !use)
            throw new ArgumentException("No valid combination of account information found in the connection string.");
        var host = settings.TryGetValue("DevelopmentStorageProxyUri", out var proxy) ? new UriBuilder(proxy) : new UriBuilder("http", "127.0.0.1");
        host.Port = 10002;
        host.Path = EmulatorAccount;
        return new(host.Uri, EmulatorAccount, new TableSharedKeyCredential(EmulatorAccount, EmulatorKey), null);
    }

    private static Uri EndpointIn(Dictionary<string, string> settings, string account)
    {
        if (settings.TryGetValue("TableEndpoint", out var endpoint)) return new Uri(endpoint.Split('?')[0]);
        if (account is null) return null;
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return new Uri($"{protocol}://{account}.table.{suffix}");
    }

    private static Dictionary<string, string> Split(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new InvalidOperationException("A connection string's settings must be of the form \"name=value\".");
            if (!settings.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                throw new InvalidOperationException($"The connection string has the setting '{part[..equals]}' twice.");
        }
        return settings;
    }
}
