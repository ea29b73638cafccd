using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>The edge of the API: tokens, request ids, faults and headers around what <see cref="Routes"/> answers.</summary>
internal sealed class ApiServer(PayPalBusiness business, PayPalWebhookFormat format)
{
    private readonly PayPalAccount _account = business.Account;
    private readonly Routes _routes = new(business, format);
    private readonly Tokens _tokens = new(business.Account);
    private readonly HashSet<string> _inFlight = [];

    /// <summary>What goes out: JSON, or a certificate. A reset is no answer at all.</summary>
    private sealed record Answer(int Status, string Text, string Type = "application/json", bool Reset = false)
    {
        public static Answer Of(int status, JsonObject json) => new(status, RenderOrder.Text(json));

        public static Answer OAuth(string error, string description) =>
            Of(401, new JsonObject { ["error"] = error, ["error_description"] = description });
    }

    /// <summary><c>POST /v1/oauth2/token</c>.</summary>
    public Task TokenAsync(HttpContext context) => AnswerAsync(context, async _ =>
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        if (form["grant_type"] != "client_credentials")
            return Answer.Of(400, new JsonObject { ["error"] = "unsupported_grant_type", ["error_description"] = "Grant Type is NULL" });
        var token = await _account.ChangeAsync(_ => _tokens.Issue(context.Request.Headers.Authorization.ToString()));
        return token is null ? Answer.OAuth("invalid_client", "Client Authentication failed") : Answer.Of(200, token);
    });

    /// <summary><c>GET /v1/notifications/certs/{id}</c>, for everybody.</summary>
    public Task CertificateAsync(HttpContext context) => AnswerAsync(context, _ =>
    {
        var pem = format.PemOf((string)context.GetRouteValue("id")!) ?? throw ApiError.Missing();
        return Task.FromResult(new Answer(200, pem, "application/x-pem-file"));
    });

    /// <summary>Everything that needs a token.</summary>
    public Task HandleAsync(HttpContext context) => AnswerAsync(context, async fault =>
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!_account.Do(_ => _tokens.IsGood(authorization)))
            return Answer.OAuth("invalid_token", authorization.Length == 0 ? "Access Token not found in cache" : "Token signature verification failed");
        var request = await ReadAsync(context.Request);
        // Not the caller's cancellation: a caller that gives up does not undo what it asked for.
        var result = await OnceAsync(request, fault);
        var wantsAll = request.Method != "POST" || request.Segments[0] == "v1"
            || context.Request.Headers["Prefer"].ToString().Contains("return=representation", StringComparison.OrdinalIgnoreCase);
        return Answer.Of(result.Status, wantsAll ? result.Json : RenderOrder.Minimal(result.Json));
    });

    private static async Task<ApiRequest> ReadAsync(HttpRequest request)
    {
        var text = "";
        if (!HttpMethods.IsGet(request.Method))
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
            if (text.Length > 0 && !request.HasJsonContentType())
                throw ApiError.WrongMediaType();
        }

        var id = request.Headers["PayPal-Request-Id"] is { Count: > 0 } given ? given.ToString() : null;
        if (id is { Length: 0 or > 108 })
            throw ApiError.Invalid("INVALID_STRING_LENGTH", "PayPal-Request-Id has 1 to 108 characters.");
        return new ApiRequest(request.Method, request.Path.Value ?? "/", request.Query, text, id);
    }

    /// <summary>Carries the request out unless one with its id has been; then it is what that one made which is shown.</summary>
    private async Task<Result> OnceAsync(ApiRequest request, ApiFault? fault)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            await SlowAsync(fault);
            return _account.Do(_ => _routes.Answer(request));
        }

        if (request.RequestId is null)
        {
            await SlowAsync(fault);
            return await _account.ChangeAsync(_ => _routes.Answer(request));
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Path}\n{request.RequestId}")));
        if (!_account.Do(_ => _inFlight.Add(key)))
            throw ApiError.InProgress();
        try
        {
            await SlowAsync(fault);
            return await _account.ChangeAsync(state =>
            {
                if (state.Requests.TryGetValue(key, out var made) && made.Until > _account.Now)
                    return _routes.Replay(request, made.Id);
                var result = _routes.Answer(request);
                if (result.MadeId is not null)
                    state.Requests[key] = new(result.MadeId, _account.Now, _account.Now + (long)Routes.IdIsKept(request).TotalSeconds);
                return result;
            });
        }
        finally
        {
            _account.Do(_ => _inFlight.Remove(key));
        }
    }

    private Task SlowAsync(ApiFault? fault) =>
        fault?.Kind == ApiFaultKind.Slow ? Task.Delay(fault.Delay, _account.Options.TimeProvider, CancellationToken.None) : Task.CompletedTask;

    private async Task AnswerAsync(HttpContext context, Func<ApiFault?, Task<Answer>> answer)
    {
        var debugId = _account.NextId("f", 12, radix: 10);
        var fault = business.Faults.Take(context.Request.Method, context.Request.Path.Value ?? "/");
        Answer told;
        try
        {
            await business.Clockwork.AdvanceAsync();
            told = fault?.Kind switch
            {
                ApiFaultKind.RateLimited => throw ApiError.TooMany(),
                ApiFaultKind.Refused => throw ApiError.Unprocessable(fault.Code ?? "UNPROCESSABLE_ENTITY", "As requested of the sandbox."),
                ApiFaultKind.Unauthorized => throw ApiError.Unauthorized(),
                ApiFaultKind.Forbidden => throw ApiError.Forbidden(),
                ApiFaultKind.ServerError => throw ApiError.Broken(),
                ApiFaultKind.ResetBeforeCommit => new Answer(0, "", Reset: true),
                _ => await answer(fault),
            };
            if (fault?.Kind == ApiFaultKind.ServerErrorAfterCommit)
                throw ApiError.Broken();
            if (fault?.Kind == ApiFaultKind.ResetAfterCommit)
                told = told with { Reset = true };
        }
        catch (ApiError error)
        {
            told = Answer.Of(error.Status, error.ToJson(debugId));
        }

        if (told.Reset)
            context.Abort();
        else
            await WriteAsync(context, debugId, told);
    }

    private static Task WriteAsync(HttpContext context, string debugId, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.Type;
        response.Headers["Paypal-Debug-Id"] = debugId;
        response.Headers.CacheControl = "max-age=0, no-cache, no-store, must-revalidate";
        if (answer.Status == 429)
            response.Headers.RetryAfter = "1";
        return response.WriteAsync(answer.Text, context.RequestAborted);
    }
}
