namespace Net.Labs.Compose.Running;

/// <summary>Is told of each step of <c>up</c> and <c>down</c>. It may be called from several threads.</summary>
public interface IComposeReport
{
    /// <summary>Something begins or has happened.</summary>
    /// <param name="thing"><c>Network NAME</c> or <c>Container NAME</c>.</param>
    /// <param name="state">Docker's word for it: <c>Creating</c>, <c>Created</c>, <c>Started</c>, <c>Removed</c>, ...</param>
    void Tell(string thing, string state);

    /// <summary>Something that the user should know.</summary>
    /// <param name="sentence">The sentence.</param>
    void Warn(string sentence);
}
