namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// Lets a call take longer, without work, as a network does. The emulator answers within a quarter of a millisecond, which no storage
/// service behind a network and three copies of the data does.
/// </summary>
internal sealed class Distance(TimeSpan time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (time > TimeSpan.Zero) await Task.Delay(time, TimeProvider.System, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
