"""The lines of the course sheet, to which the last hint of each exercise points: (English, French)."""

RNN = ("On the sheet: h_t = f(h_{t−1}, x_t), an f that is no gate; here f is tanh(W·[h_{t−1}, x_t] + b).",
       "Sur la fiche : h_t = f(h_{t−1}, x_t), où f n'est pas une porte ; ici f est tanh(W·[h_{t−1}, x_t] + "
       "b).")
EACH_STEP = ("On the sheet: each cell takes in the hidden state of the moment before and the present input.",
             "Sur la fiche : chaque cellule prend en entrée l'état caché précédent et l'entrée actuelle.")
OUTPUTS = ("On the sheet: the output at each step depends on the present input and on the memory, y_t = V "
           "h_t + b_y.",
           "Sur la fiche : la sortie à chaque étape dépend de l'entrée actuelle et de la mémoire, y_t = V "
           "h_t + b_y.")
APPLICATIONS = ("On the sheet: sentiment, translation, prediction of words, captions; all of them read or "
                "write step by step.",
                "Sur la fiche : sentiments, traduction, prédiction de mots, sous-titrage ; tous lisent ou "
                "écrivent pas à pas.")
VANISHING = ("On the sheet: by backpropagation through time gradients become too small, and the far past is "
             "forgotten.",
             "Sur la fiche : par rétropropagation à travers le temps, les gradients deviennent trop petits "
             "et le passé lointain s'oublie.")
FORGET = ("On the sheet: f_t = σ(W_f·[h_{t−1}, x_t] + b_f); 0 forgets all, 1 keeps all.",
          "Sur la fiche : f_t = σ(W_f·[h_{t−1}, x_t] + b_f) ; 0 oublie tout, 1 garde tout.")
FILTER = ("On the sheet: the forget gate is a filter between 0 (forgets all) and 1 (keeps all), applied to "
          "c at every step.",
          "Sur la fiche : la porte d'oubli est un filtre entre 0 (oubli total) et 1 (mémoire complète), "
          "appliqué à c à chaque pas.")
INPUT = ("On the sheet: i_t = σ(W_i·[h_{t−1}, x_t] + b_i) says whether to store.",
         "Sur la fiche : i_t = σ(W_i·[h_{t−1}, x_t] + b_i) dit s'il faut stocker.")
CANDIDATE = ("On the sheet: c̃_t = tanh(W_c·[h_{t−1}, x_t] + b_c) says what to store; in this course c̃ is "
             "called g.",
             "Sur la fiche : c̃_t = tanh(W_c·[h_{t−1}, x_t] + b_c) dit quoi stocker ; dans ce cours, c̃ "
             "s'appelle g.")
WRITTEN = ("On the sheet: c_t = f_t * c_{t−1} + i_t * c̃_t; its second half is what is written.",
           "Sur la fiche : c_t = f_t * c_{t−1} + i_t * c̃_t ; sa seconde moitié est ce qui s'écrit.")
CELL = ("On the sheet: c_t = f_t * c_{t−1} + i_t * c̃_t, the long-term memory.",
        "Sur la fiche : c_t = f_t * c_{t−1} + i_t * c̃_t, la mémoire à long terme.")
OUTPUT = ("On the sheet: o_t = σ(W_o·[h_{t−1}, x_t] + b_o) decides what is said.",
          "Sur la fiche : o_t = σ(W_o·[h_{t−1}, x_t] + b_o) décide de ce qui est dit.")
HIDDEN = ("On the sheet: h_t = o_t * tanh(c_t).", "Sur la fiche : h_t = o_t * tanh(c_t).")
SIGMOID = ("On the sheet: each gate is a sigmoid, a filter between 0 and 1: σ(a) = 1 / (1 + exp(−a)).",
           "Sur la fiche : chaque porte est une sigmoïde, un filtre entre 0 et 1 : σ(a) = 1 / (1 + exp(−a)).")
LSTM = ("On the sheet, section 5: f_t, i_t, c̃_t, o_t; then c_t = f_t * c_{t−1} + i_t * c̃_t; then h_t = "
        "o_t * tanh(c_t).",
        "Sur la fiche, partie 5 : f_t, i_t, c̃_t, o_t ; puis c_t = f_t * c_{t−1} + i_t * c̃_t ; puis h_t = "
        "o_t * tanh(c_t).")
BACK = ("From the sheet's c_t = f_t * c_{t−1} + i_t * c̃_t and h_t = o_t * tanh(c_t), by the chain rule, "
        "line by line from the last.",
        "À partir de c_t = f_t * c_{t−1} + i_t * c̃_t et h_t = o_t * tanh(c_t), par la règle de la chaîne, "
        "en remontant ligne à ligne.")
