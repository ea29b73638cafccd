using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Converters;

/// <summary>Reads the JSON that a Functions host sends for a timer, as text or as UTF-8.</summary>
internal sealed class TimerInfoConverter : IInputConverter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
    };

    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        var json = context.Source switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            ReadOnlyMemory<byte> bytes => bytes,
            _ => (ReadOnlyMemory<byte>?)null,
        };
        return new(json is null || context.TargetType != typeof(TimerInfo) ? ConversionResult.Unhandled() : Read(json.Value.Span));
    }

    private static ConversionResult Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ConversionResult.Success(JsonSerializer.Deserialize<TimerInfo>(json, Options));
        }
        catch (JsonException error)
        {
            return ConversionResult.Failed(error);
        }
    }
}
