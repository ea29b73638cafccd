using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace SampleApp;

/// <summary>What a queue and a timer start, and what became of it.</summary>
internal sealed partial class TriggeredFunctions(ReceivedMessages received, ILogger<TriggeredFunctions> logger)
{
    [Function("SampleReceive")]
    public void Receive([QueueTrigger("%Queue%")] string message, FunctionContext context)
    {
        received.Enqueue($"{message} {context.BindingContext.BindingData["DequeueCount"]}");
        if (message == "bad") throw new InvalidDataException("never");
    }

    [Function("SampleReceived")]
    public IResult Received([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "received")] HttpRequest request) => Results.Text(string.Join(", ", received));

    [Function("SampleNightly")]
    public void Nightly([TimerTrigger("0 0 3 * * *")] TimerInfo timer) =>
        LogOfTimer(timer.IsPastDue, timer.ScheduleStatus!.Next.ToString("HH:mm:ss", CultureInfo.InvariantCulture));

    [LoggerMessage(LogLevel.Warning, "past due {PastDue}, next at {Next}")]
    private partial void LogOfTimer(bool pastDue, string next);
}
