package dev.countersign.app.operator;

import dev.countersign.app.call.CallView;

/**
 * A user's call, for an operator.
 *
 * @param user stands for the user, as in the call's id; only a receipt names them
 * @param call as its user sees it
 */
record OperatorCall(String user, CallView call) {}
