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

    /// <summary>How long a function may run: unless host.json says so, half an hour.</summary>
    public TimeSpan FunctionTimeout { get; private init; } = TimeSpan.FromMinutes(30);

    /// <summary>Reads the file; settings named <c>AzureFunctionsJobHost__…</c> come before it, as they do in Azure.</summary>
    public static HostJson Load(string path, IConfiguration settings)
    {
        var json = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(path), optional: false)
            .AddConfiguration(settings.GetSection("AzureFunctionsJobHost"))
            .Build();
        var defaults = new HostJson();
        var queues = json.GetSection("extensions:queues");
        var batchSize = Whole(queues.GetSection("batchSize"), 1, 32) ?? defaults.BatchSize;
        return new HostJson
        {
            RoutePrefix = (json["extensions:http:routePrefix"] ?? defaults.RoutePrefix).Trim('/'),
            CustomHeaders = json.GetSection("extensions:http:customHeaders").GetChildren().ToDictionary(header => header.Key, header => header.Value ?? ""),
            BatchSize = batchSize,
            NewBatchThreshold = Whole(queues.GetSection("newBatchThreshold"), 0, 1000) ?? batchSize / 2,
            MaxDequeueCount = Whole(queues.GetSection("maxDequeueCount"), 1, int.MaxValue) ?? defaults.MaxDequeueCount,
            VisibilityTimeout = Span(queues.GetSection("visibilityTimeout")) ?? defaults.VisibilityTimeout,
            MaxPollingInterval = Span(queues.GetSection("maxPollingInterval")) ?? defaults.MaxPollingInterval,
            FunctionTimeout = json["functionTimeout"] is "-1" ? Timeout.InfiniteTimeSpan : Span(json.GetSection("functionTimeout")) ?? defaults.FunctionTimeout,
            Base64Messages = (queues["messageEncoding"] ?? "base64").ToUpperInvariant() switch
            {
                "BASE64" => true,
                "NONE" => false,
                _ => throw Invalid(queues.GetSection("messageEncoding"), "base64 or none"),
            },
        };
    }

    private static int? Whole(IConfigurationSection member, int least, int most)
    {
        if (member.Value is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Invalid(member, $"a whole number from {least} to {most}");
    }

    private static TimeSpan? Span(IConfigurationSection member)
    {
        if (member.Value is not { } text)
            return null;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero
            ? value
            : throw Invalid(member, "a time span such as 00:00:30");
    }

    private static InvalidOperationException Invalid(IConfigurationSection member, string wanted) =>
        new($"host.json: {member.Path.Replace(':', '.')} is '{member.Value}', but must be {wanted}.");
}
