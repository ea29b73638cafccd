using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tests.Platform.RateLimiting;

/// <summary>Rate limits as one instance of the app has them.</summary>
internal static class Limits
{
    public static RateLimits Of(TableServiceClient tables, TimeProvider clock, LinkOptions? links = null) => new(
        new(tables, new(tables), Options.Create(new RetentionPeriods())),
        Options.Create(links ?? new() { Keys = { Convert.ToBase64String(new byte[LinkOptions.KeyLength]) }, Address = "https://api.example.com" }),
        clock,
        NullLogger<RateLimits>.Instance);
}
