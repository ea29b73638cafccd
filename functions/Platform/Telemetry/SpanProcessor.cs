using System.Diagnostics;
using OpenTelemetry;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// What every span goes through before it is told: the words of exceptions are taken out, for they may quote what nobody should
/// read, and a storage call and its HTTP request become one span, for two would say the same for twice the bytes. That a row is not
/// there, or was changed by somebody else, is an answer and no error: whoever asked goes on with it.
/// </summary>
public sealed class SpanProcessor : BaseProcessor<Activity>
{
    private const string Url = "url.full";

    private const string StatusCode = "http.response.status_code";

    public override void OnEnd(Activity data)
    {
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
        // A transaction that is refused answers 202, with the reason inside.
        if (IsStorageCall(data) && (data.GetTagItem(StatusCode) is 404 or 409 or 412 || data.GetTagItem("error.type") is "EntityAlreadyExists" or "UpdateConditionNotSatisfied"))
            data.SetStatus(ActivityStatusCode.Unset);
        if (!IsStorageCall(data.Parent) || data.GetTagItem(Url) is not string url) return;
        // Of several tries the last one counts. Keys stay here: among them are accounts', which no erasure would reach in a trace.
        data.Parent!.SetTag(Url, url.Split('(')[0]).SetTag(StatusCode, data.GetTagItem(StatusCode));
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private static bool IsStorageCall(Activity? span) => span?.Source.Name.StartsWith("Azure.", StringComparison.Ordinal) == true;
}
