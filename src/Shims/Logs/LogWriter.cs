using System.Buffers;
using System.Text.Json;

using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;

namespace Net.Shims.Logs;

/// <summary>Appends a command's output to its log. The log is the only buffer between the command and its readers, so no reader can block
/// the command.</summary>
internal sealed class LogWriter : IOutputSink, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly TimeProvider _time;
    private readonly MessageLog _messages;
    private readonly ArrayBufferWriter<byte> _records = new(1024);
    private readonly Utf8JsonWriter _json;
    private bool _failing;

    internal LogWriter(string path, TimeProvider time, MessageLog messages)
    {
        _file = Descriptor.OpenAppend(path);
        _time = time;
        _messages = messages;
        _json = LogRecord.NewWriter(_records);
        Length = RandomAccess.GetLength(_file);
    }

    /// <summary>The length of the log in bytes; it is always the end of a record.</summary>
    internal long Length { get; private set; }

    /// <inheritdoc/>
    public bool IsFull => false;

    /// <inheritdoc/>
    public void Write(StreamKind stream, ReadOnlySpan<byte> bytes)
    {
        string time = LogRecord.FormatTime(_time.GetUtcNow());
        _records.ResetWrittenCount();
        while (!bytes.IsEmpty)
        {
            int lineEnd = bytes.IndexOf((byte)'\n');
            int length = lineEnd < 0 ? bytes.Length : lineEnd + 1;
            LogRecord.Write(_json, _records, stream, time, bytes[..length]);
            bytes = bytes[length..];
        }

        Errno errno = Descriptor.WriteAll(_file, _records.WrittenSpan);
        Length = errno == Errno.None ? Length + _records.WrittenCount : RandomAccess.GetLength(_file);
        if (errno != Errno.None && !_failing)
        {
            _messages.Write($"output is lost: cannot write the log: {LinuxException.Describe(errno)}");
        }

        _failing = errno != Errno.None;
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }
}
