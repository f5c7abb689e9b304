using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Compose.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Net.Cli.Projects;

/// <summary>Shows the steps of <c>up</c> and <c>down</c> on a terminal: a line for each network and container with its state, and above
/// them a bar for the whole, as far as it is known.</summary>
internal sealed class ProjectBoard : IComposeReport
{
    private const string Begin = "...";

    private readonly IAnsiConsole _screen;
    private readonly ProgressContext _bars;
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly ProgressTask _whole;
    private readonly Lock _turn = new();

    private ProjectBoard(IAnsiConsole screen, ProgressContext bars, int things)
    {
        (_screen, _bars) = (screen, bars);
        _whole = bars.AddTask(Begin, maxValue: Math.Max(1, things));
    }

    /// <summary>Does the work with a report on the terminal of standard error, or in plain lines where that is none.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="things">How many networks and containers the work is about; more may turn up.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunAsync<T>(TextWriter error, int things, Func<IComposeReport, Task<T>> work)
    {
        if (Screen.OfError() is not { } screen)
        {
            return await work(new ProjectReport(error));
        }

        return await screen.Progress().AutoRefresh(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new BarOfWhole(), new PercentOfWhole())
            .StartAsync(async bars =>
            {
                var board = new ProjectBoard(screen, bars, things);
                T result = await work(board);
                board.Complete();
                return result;
            });
    }

    public void Tell(string thing, string state)
    {
        lock (_turn)
        {
            if (!_tasks.TryGetValue(thing, out ProgressTask? task))
            {
                task = _bars.AddTask(Screen.Plain(thing));
                _tasks.Add(thing, task);
                _whole.MaxValue = Math.Max(_whole.MaxValue, _tasks.Count);
            }

            bool isOver = IsOver(thing, state);
            task.Description = Screen.Plain($"{thing}  {state}");
            task.Value = isOver ? task.MaxValue : 0;
            _whole.Value = Math.Max(_whole.Value, _tasks.Values.Count(one => one.Value >= one.MaxValue));
            _whole.Description = $"{_whole.Value}/{_whole.MaxValue}";
        }
    }

    public void Warn(string sentence)
    {
        lock (_turn)
        {
            _screen.MarkupLine(Screen.Plain(ErrorText.Warning(sentence)));
        }
    }

    // What is there already and unchanged is not told of.
    private void Complete()
    {
        lock (_turn)
        {
            _whole.MaxValue = Math.Max(1, _tasks.Count);
            _whole.Value = _whole.MaxValue;
            _whole.Description = $"{_tasks.Count}/{_tasks.Count}";
        }
    }

    // A container that is made is still to be started.
    private static bool IsOver(string thing, string state) => state is not ("Creating" or "Stopping" or "Waiting")
        && !(state == "Created" && thing.StartsWith("Container ", StringComparison.Ordinal));

    // The first task is the whole; the others have no bar of their own.
    private sealed class BarOfWhole : ProgressColumn
    {
        private readonly ProgressBarColumn _bar = new() { Width = 30 };

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            task.Id == 0 ? _bar.Render(options, task, deltaTime) : Text.Empty;
    }

    private sealed class PercentOfWhole : ProgressColumn
    {
        private readonly PercentageColumn _percent = new();

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            task.Id == 0 ? _percent.Render(options, task, deltaTime) : Text.Empty;
    }
}
