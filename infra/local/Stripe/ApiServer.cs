using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>
/// The edge of the API: authentication, idempotency keys, faults and headers around what <see cref="Routes"/> answers. Success is
/// always 200.
/// </summary>
internal sealed class ApiServer(StripeAccount account, Routes routes, Clockwork clockwork, SandboxFaults faults)
{
    private static readonly long AnswersAreKept = (long)TimeSpan.FromHours(24).TotalSeconds;

    private readonly HashSet<string> _inFlight = [];

    private sealed record Request(string Id, string Method, string Path, string Encoded, string ApiKey, string? IdempotencyKey)
    {
        public string AnswerKey => Hash($"{ApiKey}\n{IdempotencyKey}");

        // The order of parameters does not make them different ones.
        public string Fingerprint => Hash($"{Method} {Path}\n{string.Join('&', Encoded.Split('&').Order(StringComparer.Ordinal))}");
    }

    private sealed record Answer(int Status, string Body, string? ReplayOf = null, bool? ShouldRetry = null, bool Reset = false);

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = account.NextId("req_", 14);
        Answer answer;
        try
        {
            var request = await ReadAsync(context, requestId);
            await clockwork.AdvanceAsync();
            answer = await AnswerAsync(request, faults.Take(request.Method, request.Path));
        }
        catch (ApiError error)
        {
            answer = new Answer(error.Status, Render.Text(error.ToJson()));
        }

        if (answer.Reset)
            context.Abort();
        else
            await WriteAsync(context, requestId, answer);
    }

    private async Task<Request> ReadAsync(HttpContext context, string requestId)
    {
        var key = Authenticate(context.Request.Headers.Authorization.ToString());
        var method = context.Request.Method;
        var encoded = context.Request.QueryString.Value ?? "";
        string? idempotencyKey = null;
        if (HttpMethods.IsPost(method))
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            if (body.Length > 0 && !context.Request.HasFormContentType)
                throw ApiError.Invalid("The body must be form-encoded: Content-Type application/x-www-form-urlencoded.");
            encoded = $"{encoded.TrimStart('?')}&{body}".Trim('&');
            idempotencyKey = context.Request.Headers["Idempotency-Key"] is { Count: > 0 } given ? given.ToString() : null;
        }

        if (idempotencyKey is { Length: 0 or > 255 })
            throw new ApiError(400, "idempotency_error", "An Idempotency-Key must have 1 to 255 characters.");
        return new Request(requestId, method, context.Request.Path.Value ?? "/", encoded, key, idempotencyKey);
    }

    private string Authenticate(string authorization)
    {
        var key = authorization switch
        {
            _ when authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => authorization["Bearer ".Length..].Trim(),
            _ when authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) => UserName(authorization["Basic ".Length..]),
            _ => "",
        };
        if (key.Length == 0)
            throw new ApiError(401, "invalid_request_error", "No API key was given: send 'Authorization: Bearer sk_test_…'.");
        var known = account.Options.ApiKeys.Count > 0
            ? account.Options.ApiKeys.Contains(key)
            : key.StartsWith("sk_test_", StringComparison.Ordinal) || key.StartsWith("rk_test_", StringComparison.Ordinal);
        if (!known)
            throw new ApiError(401, "invalid_request_error", $"Invalid API Key provided: {key[..Math.Min(key.Length, 8)]}***");
        return key;
    }

    private async Task<Answer> AnswerAsync(Request request, ApiFault? fault)
    {
        switch (fault?.Kind)
        {
            case ApiFaultKind.RateLimited:
                var tooMany = new ApiError(429, "invalid_request_error", "Too many requests in a short time.", "rate_limit");
                return new Answer(429, Render.Text(tooMany.ToJson()), ShouldRetry: fault.ShouldRetry);
            case ApiFaultKind.Refused:
                throw ApiError.Invalid("Refused, as requested of the sandbox.", code: fault.Code);
            case ApiFaultKind.Unauthorized:
                throw new ApiError(401, "invalid_request_error", "Expired API Key provided.", "api_key_expired");
            case ApiFaultKind.Forbidden:
                throw new ApiError(403, "invalid_request_error", "The provided key does not have the required permissions for this endpoint.");
            case ApiFaultKind.ServerError:
                return ServerError(fault);
            case ApiFaultKind.ResetBeforeCommit:
                return new Answer(0, "", Reset: true);
        }

        if (request.IdempotencyKey is null)
            return await ExecuteAsync(request, fault);
        if (account.Do(state => Recall(state, request)) is { } known)
            return fault?.Kind == ApiFaultKind.ResetAfterCommit ? known with { Reset = true } : known;
        try
        {
            return await ExecuteAsync(request, fault);
        }
        finally
        {
            account.Do(_ => _inFlight.Remove(request.AnswerKey));
        }
    }

    /// <summary>What the key answered before; null when this request is the first, which is then under way.</summary>
    private Answer? Recall(StripeState state, Request request)
    {
        if (_inFlight.Contains(request.AnswerKey))
        {
            throw new ApiError(
                409, "idempotency_error", "Another request with this Idempotency-Key is still under way.", "idempotency_key_in_use");
        }

        if (state.Answers.TryGetValue(request.AnswerKey, out var stored) && stored.At > account.Now - AnswersAreKept)
        {
            return stored.Fingerprint == request.Fingerprint
                ? new Answer(stored.Status, stored.Body, ReplayOf: stored.RequestId)
                : throw new ApiError(400, "idempotency_error", "This Idempotency-Key was used with other parameters before.");
        }

        _inFlight.Add(request.AnswerKey);
        return null;
    }

    private async Task<Answer> ExecuteAsync(Request request, ApiFault? fault)
    {
        // Not the caller's cancellation: a caller that gives up does not undo what it asked for.
        if (fault?.Kind == ApiFaultKind.Slow)
            await Task.Delay(fault.Delay, account.Options.TimeProvider, CancellationToken.None);

        var cause = new Cause(request.Id, request.IdempotencyKey);
        if (!HttpMethods.IsPost(request.Method))
        {
            var shown = account.Do(_ => routes.Answer(request.Method, request.Path, Parameter.Parse(request.Encoded), cause));
            return After(new Answer(200, Render.Text(shown)), fault);
        }

        return await account.ChangeAsync(state =>
        {
            var result = routes.Answer(request.Method, request.Path, Parameter.Parse(request.Encoded), cause);
            var answer = After(new Answer(200, Render.Text(result)), fault);
            if (request.IdempotencyKey is not null)
                state.Answers[request.AnswerKey] = new(request.Fingerprint, answer.Status, answer.Body, request.Id, account.Now);
            return answer;
        });
    }

    private static Answer After(Answer answer, ApiFault? fault) => fault?.Kind switch
    {
        ApiFaultKind.ResetAfterCommit => answer with { Reset = true },
        ApiFaultKind.ServerErrorAfterCommit => ServerError(fault),
        _ => answer,
    };

    private static Answer ServerError(ApiFault fault) => new(
        500, Render.Text(new ApiError(500, "api_error", "Something went wrong on the sandbox's end, as requested.").ToJson()),
        ShouldRetry: fault.ShouldRetry);

    private static async Task WriteAsync(HttpContext context, string requestId, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.Headers["Request-Id"] = requestId;
        var version = context.Request.Headers["Stripe-Version"];
        response.Headers["Stripe-Version"] = version.Count > 0 ? version : StripeAccount.ApiVersion;
        response.Headers.CacheControl = "no-cache, no-store";
        if (context.Request.Headers["Idempotency-Key"] is { Count: > 0 } key)
            response.Headers["Idempotency-Key"] = key;
        if (answer.ReplayOf is not null)
        {
            response.Headers["Idempotent-Replayed"] = "true";
            response.Headers["Original-Request"] = answer.ReplayOf;
        }

        if (answer.ShouldRetry is { } shouldRetry)
            response.Headers["Stripe-Should-Retry"] = shouldRetry ? "true" : "false";
        if (answer.Status == 401)
            response.Headers.WWWAuthenticate = "Basic realm=\"Stripe\"";
        await response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static string UserName(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic.Trim(), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0]
            : "";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
