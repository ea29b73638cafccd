using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Two at once, in a known order: the first is held between its read and its write, and the second runs from beginning to end.</summary>
internal static class Race
{
    public static async Task ApplyAllAsync(this RunningShop shop, List<string> events)
    {
        foreach (var text in events) await shop.ApplyAsync(text);
    }

    public static bool IsOrderWrite(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/orders(", StringComparison.Ordinal);

    public static Func<HttpRequestMessage, bool> IsPostTo(string path) =>
        request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    /// <param name="path">Somewhere in the request's.</param>
    public static Func<HttpRequestMessage, bool> IsTo(string method, string path) =>
        request => request.Method.Method == method && request.RequestUri!.AbsolutePath.Contains(path, StringComparison.Ordinal);

    /// <summary>Holds <paramref name="first"/> at the call that fits, runs <paramref name="second"/>, and lets the first go on.</summary>
    public static async Task RaceAsync(this RunningShop shop, Func<HttpRequestMessage, bool> fits, Func<Task> first, Func<Task> second)
    {
        var gate = shop.Calls.Hold(fits);
        var held = first();
        try
        {
            await gate.ArrivedAsync();
            await second();
        }
        finally
        {
            gate.Open();
            await held;
        }
    }
}
