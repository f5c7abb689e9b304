using Net.Cli.CommandLines;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary>Writes the steps of <c>up</c> and <c>down</c> to standard error, one line each, as Docker Compose does without a
/// terminal.</summary>
internal sealed class ProjectReport(TextWriter error) : IComposeReport
{
    private readonly Lock _turn = new();

    public void Tell(string thing, string state)
    {
        lock (_turn)
        {
            error.WriteLine($" {thing}  {state}");
        }
    }

    public void Warn(string sentence)
    {
        lock (_turn)
        {
            error.WriteLine(ErrorText.Warning(sentence));
        }
    }
}
