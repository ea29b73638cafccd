using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Wire;

/// <summary>Fetches the page at a continuation token (null: the first), with at most so many items.</summary>
internal delegate ValueTask<Page<T>> FetchPage<T>(bool async, string continuationToken, int? size, CancellationToken cancellationToken);

internal sealed class AsyncTablePages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
{
    public override IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null) =>
        Pages(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken.None);

    private async IAsyncEnumerable<Page<T>> Pages(string token, int? size, [EnumeratorCancellation] CancellationToken enumeration)
    {
        using var linked = enumeration.CanBeCanceled && CancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(enumeration, CancellationToken)
            : null;
        var cancellation = linked?.Token ?? (enumeration.CanBeCanceled ? enumeration : CancellationToken);
        do
        {
            var page = await fetch(true, token, size, cancellation).ConfigureAwait(false);
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}

internal sealed class TablePages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken) : Pageable<T>(cancellationToken)
{
    public override IEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        var token = continuationToken;
        do
        {
            var page = fetch(false, token, pageSizeHint ?? maxPerPage, CancellationToken).EnsureCompleted();
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
