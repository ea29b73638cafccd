using System.Net;
using System.Runtime.CompilerServices;

namespace Stripe;

/// <summary>Base of the services. One made without a client takes <see cref="StripeConfiguration.StripeClient"/> at each call.</summary>
public abstract class Service
{
    private readonly IStripeClient client;

    protected Service()
    {
    }

    protected Service(IStripeClient client) => this.client = client;

    internal IStripeClient Caller => client ?? StripeConfiguration.StripeClient;

    /// <summary>The path with the id as one segment of it.</summary>
    internal static string At(string path, string id, string action = "") => $"{path}/{WebUtility.UrlEncode(id)}{action}";

    internal Task<T> GetAtAsync<T>(
        string path, BaseOptions options, RequestOptions requestOptions, CancellationToken cancellationToken = default)
        where T : IStripeEntity =>
        Caller.RequestAsync<T>(HttpMethod.Get, path, options, requestOptions, cancellationToken);

    internal Task<T> PostAtAsync<T>(
        string path, BaseOptions options, RequestOptions requestOptions, CancellationToken cancellationToken = default)
        where T : IStripeEntity =>
        Caller.RequestAsync<T>(HttpMethod.Post, path, options, requestOptions, cancellationToken);

    internal static T Wait<T>(Task<T> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    /// <summary>Walks all pages, each asked for when it is needed; backwards if only <c>EndingBefore</c> is given.</summary>
    internal async IAsyncEnumerable<T> PagesAsync<T>(
        string path,
        ListOptions options,
        RequestOptions requestOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : IStripeEntity, IHasId
    {
        // The caller's options stay as they are.
        options = options?.Copy<ListOptions>() ?? new ListOptions();
        var backwards = !string.IsNullOrEmpty(options.EndingBefore) && string.IsNullOrEmpty(options.StartingAfter);
        while (true)
        {
            var page = await GetAtAsync<StripeList<T>>(path, options, requestOptions, cancellationToken).ConfigureAwait(false);
            if (backwards)
            {
                page.Reverse();
            }

            string last = null;
            foreach (var item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (item is not null)
                {
                    last = item.Id;
                    yield return item;
                }
            }

            if (!page.HasMore || string.IsNullOrEmpty(last))
            {
                yield break;
            }

            if (backwards)
            {
                options.EndingBefore = last;
            }
            else
            {
                options.StartingAfter = last;
            }
        }
    }

    internal IEnumerable<T> Pages<T>(string path, ListOptions options, RequestOptions requestOptions)
        where T : IStripeEntity, IHasId
    {
        var items = PagesAsync<T>(path, options, requestOptions).GetAsyncEnumerator();
        try
        {
            while (Wait(items.MoveNextAsync().AsTask()))
            {
                yield return items.Current;
            }
        }
        finally
        {
            items.DisposeAsync().AsTask().ConfigureAwait(false).GetAwaiter().GetResult();
        }
    }
}
