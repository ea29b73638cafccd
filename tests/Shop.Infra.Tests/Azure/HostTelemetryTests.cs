using Microsoft.Extensions.Logging;

namespace Shop.Infra.Tests.Azure;

/// <summary>That the Functions host tells what the alerts read, and next to nothing beside it (decision 11).</summary>
public sealed class HostTelemetryTests
{
    [Theory]
    [InlineData("Function.SweepOrders", LogLevel.Information, true, "that a timer ran")]
    [InlineData("Function.ReceiveStripeWebhook.User", LogLevel.Information, true, "what the app says")]
    [InlineData("Host.Results", LogLevel.Information, true, "each run: without it there are no requests")]
    [InlineData("Microsoft.Azure.WebJobs.Extensions.Storage", LogLevel.Warning, true, "that a message was set aside")]
    [InlineData("Host.Startup", LogLevel.Error, true, "that the host does not start")]
    [InlineData("Azure.Core", LogLevel.Information, false, "each poll of a queue, three lines")]
    [InlineData("Host.Aggregator", LogLevel.Information, false, "counts of each function, every half minute")]
    [InlineData("Microsoft.Azure.WebJobs.Hosting.OptionsLoggingService", LogLevel.Information, false, "all options at each start")]
    public void The_host_tells_what_somebody_reads(string category, LogLevel level, bool isTold, string what) => HostLog.Sends(category, level).ShouldBe(isTold, what);

    /// <summary>A dependency of the host is a poll of its queues in the one mode, and in the other the request that it hands to the app, address and query whole.</summary>
    [Fact]
    public void The_host_counts_requests_by_its_own_means_all_of_them_and_tells_no_dependency_nor_any_query()
    {
        HostLog.Settings["telemetryMode"].ShouldBeNull();
        var insights = HostLog.Settings.GetSection("logging:applicationInsights");
        foreach (var setting in (string[])["samplingSettings:isEnabled", "enableDependencyTracking", "enableLiveMetrics", "enablePerformanceCountersCollection", "enableQueryStringTracing"])
            insights[setting].ShouldBe("False", setting);
    }
}
