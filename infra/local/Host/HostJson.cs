using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Shop.Local.Host;

/// <summary>The part of host.json that this host obeys, with the Functions host's defaults.</summary>
internal sealed record HostJson
{
    public string RoutePrefix { get; private init; } = "api";

    /// <summary>What every answer below the prefix has, the host's own included, unless the function says something else.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; private init; } = new Dictionary<string, string>();

    public int BatchSize { get; private init; } = 16;

    public int NewBatchThreshold { get; private init; } = 8;

    public int MaxDequeueCount { get; private init; } = 5;

    /// <summary>How long a message that failed stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; private init; } = TimeSpan.Zero;

    /// <summary>The Functions host polls an idle queue once a minute, but every two seconds where it runs for development.</summary>
    public TimeSpan MaxPollingInterval { get; private init; } = TimeSpan.FromSeconds(2);

    public bool Base64Messages { get; private init; } = true;

    /// <summary>Reads the file; settings named <c>AzureFunctionsJobHost__…</c> come before it, as they do in Azure.</summary>
    public static HostJson Load(string path, IConfiguration settings)
    {
        var json = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(path), optional: false)
            .AddConfiguration(settings.GetSection("AzureFunctionsJobHost"))
            .Build();
        var defaults = new HostJson();
        var queues = json.GetSection("extensions:queues");
        var batchSize = Whole(queues, "batchSize", 1, 32) ?? defaults.BatchSize;
        return new HostJson
        {
            RoutePrefix = (json["extensions:http:routePrefix"] ?? defaults.RoutePrefix).Trim('/'),
            CustomHeaders = json.GetSection("extensions:http:customHeaders").GetChildren().ToDictionary(header => header.Key, header => header.Value ?? ""),
            BatchSize = batchSize,
            NewBatchThreshold = Whole(queues, "newBatchThreshold", 0, 1000) ?? batchSize / 2,
            MaxDequeueCount = Whole(queues, "maxDequeueCount", 1, int.MaxValue) ?? defaults.MaxDequeueCount,
            VisibilityTimeout = Span(queues, "visibilityTimeout") ?? defaults.VisibilityTimeout,
            MaxPollingInterval = Span(queues, "maxPollingInterval") ?? defaults.MaxPollingInterval,
            Base64Messages = (queues["messageEncoding"] ?? "base64").ToUpperInvariant() switch
            {
                "BASE64" => true,
                "NONE" => false,
                var other => throw Invalid(queues, "messageEncoding", other, "base64 or none"),
            },
        };
    }

    private static int? Whole(IConfigurationSection section, string name, int least, int most)
    {
        if (section[name] is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Invalid(section, name, text, $"a whole number from {least} to {most}");
    }

    private static TimeSpan? Span(IConfigurationSection section, string name)
    {
        if (section[name] is not { } text)
            return null;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero
            ? value
            : throw Invalid(section, name, text, "a time span such as 00:00:30");
    }

    private static InvalidOperationException Invalid(IConfigurationSection section, string name, string value, string wanted) =>
        new($"host.json: {section.Path.Replace(':', '.')}.{name} is '{value}', but must be {wanted}.");
}
