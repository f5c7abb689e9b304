using System.Text;
using Net.Api.Clients;
using Net.Api.Streams;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary>Writes the output of several commands, line by line, with the container's name before each line.</summary>
internal sealed class LabelledOutput : IDisposable
{
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly int? _width;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes the output.</summary>
    /// <param name="output">Takes what commands wrote to standard output.</param>
    /// <param name="error">Takes what they wrote to standard error.</param>
    /// <param name="labelled">The containers, for the width of their names; null to write no names.</param>
    public LabelledOutput(TextWriter output, TextWriter error, IReadOnlyList<ProjectContainer>? labelled)
    {
        (_output, _error) = (output, error);
        _width = labelled?.Select(container => LabelOf(container).Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Writes the logs of containers as their lines come; with <see cref="LogSelection.Follow"/> until all commands have
    /// ended.</summary>
    public async Task WriteTogetherAsync(
        IApiClient api, IEnumerable<ProjectContainer> containers, LogSelection selection, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var logs = containers.Select(container => WriteAsync(api, container, selection, end.Token)).ToList();
        Task all = Task.WhenAll(logs);
        while (logs.Count > 0)
        {
            Task ended = await Task.WhenAny(logs);
            logs.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await end.CancelAsync(); // nobody reads any more: quiet containers are not waited for
                await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ended;
            }
        }
    }

    /// <summary>Writes the log of one container.</summary>
    public async Task WriteAsync(IApiClient api, ProjectContainer container, LogSelection selection, CancellationToken cancellationToken)
    {
        string label = _width is { } width ? $"{LabelOf(container).PadRight(width)}  | " : "";
        var lines = new Dictionary<FrameKind, LineBuffer>();
        await foreach (Frame frame in api.ReadLogsAsync(container.Summary.Id, selection, cancellationToken))
        {
            if (!lines.TryGetValue(frame.Kind, out LineBuffer? buffer))
            {
                lines[frame.Kind] = buffer = new LineBuffer();
            }

            await WriteAsync(frame.Kind, label, buffer.Take(frame.Bytes.Span), cancellationToken);
        }

        foreach ((FrameKind kind, LineBuffer buffer) in lines)
        {
            await WriteAsync(kind, label, buffer.Rest(), cancellationToken);
        }
    }

    public void Dispose() => _turn.Dispose();

    // As Docker Compose: the service and the number, or the name that the file gives.
    private static string LabelOf(ProjectContainer container) =>
        container.Name.EndsWith($"-{container.Service}-{container.Number}", StringComparison.Ordinal)
            ? $"{container.Service}-{container.Number}"
            : container.Name;

    private async Task WriteAsync(FrameKind kind, string label, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (string line in lines)
            {
                (kind == FrameKind.StandardError ? _error : _output).WriteLine(label + line);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    // Bytes come in pieces that end anywhere; only whole lines are text.
    private sealed class LineBuffer
    {
        private readonly List<byte> _bytes = [];

        public IReadOnlyList<string> Take(ReadOnlySpan<byte> bytes)
        {
            var lines = new List<string>();
            foreach (byte value in bytes)
            {
                if (value == (byte)'\n')
                {
                    lines.Add(End());
                }
                else
                {
                    _bytes.Add(value);
                }
            }

            return lines;
        }

        public IReadOnlyList<string> Rest() => _bytes.Count > 0 ? [End()] : [];

        private string End()
        {
            string line = Encoding.UTF8.GetString([.. _bytes]).TrimEnd('\r');
            _bytes.Clear();
            return line;
        }
    }
}
