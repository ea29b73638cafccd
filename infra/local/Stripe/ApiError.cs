using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>A refusal in the shape of Stripe's API errors: <c>{ "error": { "type", "code", "message", "param" } }</c>.</summary>
internal sealed class ApiError(int status, string type, string message, string? code = null, string? param = null) : Exception(message)
{
    public int Status => status;

    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(400, "invalid_request_error", message, code, param);

    public static ApiError Missing(string kind, string id, string param) =>
        new(404, "invalid_request_error", $"No such {kind}: '{id}'", "resource_missing", param);

    /// <summary>For what the real API does and this sandbox does not: better refused than silently different.</summary>
    public static ApiError Unsupported(string param) =>
        Invalid($"This sandbox does not do what '{param}' asks for.", param, "sandbox_unsupported");

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = type };
        if (code is not null)
        {
            error["code"] = code;
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}";
        }

        if (param is not null)
            error["param"] = param;
        return new JsonObject { ["error"] = error };
    }
}
