namespace Stripe;

/// <summary>
/// Versions, and the process-wide client of services that are made without one. Prefer a <see cref="Stripe.StripeClient"/>
/// of your own: everything settable here is shared by the whole process.
/// </summary>
public static class StripeConfiguration
{
    private static string apiKey;
    private static string clientId;
    private static int maxNetworkRetries = SystemNetHttpClient.DefaultMaxNumberRetries;
    private static bool enableTelemetry = true;
    private static AppInfo appInfo;
    private static IStripeClient stripeClient;

    /// <summary>The API version that every call asks for; only the train after the dot matters for events.</summary>
    public static string ApiVersion => "2026-07-29.dahlia";

    public static string MajorApiVersion => "dahlia";

    public static string StripeNetVersion => "52.2.0";

    public static string ApiKey
    {
        get => apiKey;
        set => Set(ref apiKey, value);
    }

    public static string ClientId
    {
        get => clientId;
        set => Set(ref clientId, value);
    }

    public static int MaxNetworkRetries
    {
        get => maxNetworkRetries;
        set => Set(ref maxNetworkRetries, value);
    }

    public static bool EnableTelemetry
    {
        get => enableTelemetry;
        set => Set(ref enableTelemetry, value);
    }

    /// <exception cref="ArgumentException">It has no name.</exception>
    public static AppInfo AppInfo
    {
        internal get => appInfo;
        set
        {
            if (value is not null && string.IsNullOrEmpty(value.Name))
            {
                throw new ArgumentException("AppInfo.Name is required.");
            }

            Set(ref appInfo, value);
        }
    }

    /// <summary>Made from the settings above on first use, and again after one of them changed.</summary>
    public static IStripeClient StripeClient
    {
        get => stripeClient ??= BuildClient();
        set => stripeClient = value;
    }

    private static void Set<T>(ref T field, T value)
    {
        if (!EqualityComparer<T>.Default.Equals(field, value))
        {
            stripeClient = null;
        }

        field = value;
    }

    private static StripeClient BuildClient()
    {
        if (apiKey is not null && (apiKey.Length == 0 || apiKey.Any(char.IsWhiteSpace)))
        {
            throw new StripeException("The API key is empty or contains white space.");
        }

        return new StripeClient(
            apiKey, clientId, new SystemNetHttpClient(null, maxNetworkRetries, appInfo, enableTelemetry));
    }
}
