using System.Collections;
using System.Globalization;
using System.Runtime.Serialization;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused because of one of its actions; nothing of it was stored.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (DictionaryEntry entry in requestFailedException.Data) Data[entry.Key] = entry.Value;
        if (Data[TableErrorParser.FailedEntityKey] is string index
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            FailedTransactionActionIndex = number;
        }
    }

    [Obsolete(DiagnosticId = "SYSLIB0051")]
    protected TableTransactionFailedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <summary>Position of the refused action in the submitted sequence, where the service names it.</summary>
    public int? FailedTransactionActionIndex { get; }
}
